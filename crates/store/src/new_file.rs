//! Files that have their name only once all of them is on the disk.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// A file under way. What is written goes into a file of another name in the same folder, one that no other process
/// uses; [`finish`](Self::finish) gives it its own. If it is dropped before, nothing is left of it; if the process is
/// killed, what is left ends in `.part`.
#[derive(Debug)]
pub struct NewFile {
    part: NamedTempFile,
    to: PathBuf,
    replaces: bool,
}

impl NewFile {
    /// Begins a file at `to`, where nothing may be.
    ///
    /// # Errors
    /// If something is there already ([`ErrorKind::AlreadyExists`]), or no file can be made in its folder.
    pub fn create(to: impl AsRef<Path>) -> io::Result<Self> {
        let to = to.as_ref();
        match fs::symlink_metadata(to) {
            Ok(_) => Err(ErrorKind::AlreadyExists.into()),
            Err(_) => Self::beside(to),
        }
    }

    /// Begins a file that takes the place of one at `to`, if there is one. Through a symbolic link it takes the place of
    /// what that leads to.
    ///
    /// # Errors
    /// If no file can be made in its folder.
    pub fn replace(to: impl AsRef<Path>) -> io::Result<Self> {
        let to = to.as_ref();
        let file = Self::beside(&fs::canonicalize(to).unwrap_or_else(|_| to.to_owned()))?;
        Ok(Self { replaces: true, ..file })
    }

    /// Begins a file that can only be finished where nothing is.
    pub(crate) fn beside(to: &Path) -> io::Result<Self> {
        let folder = folder_of(to);
        // Told as it is: errors about the file under way name that.
        fs::metadata(folder)?;
        let mut prefix = to.file_name().map(OsString::from).unwrap_or_default();
        prefix.push(".");
        let mut builder = Builder::new();
        builder.prefix(&prefix).suffix(".part");
        // Readable for whom files are readable that anybody else makes here; a temporary file is private otherwise.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Ok(Self { part: builder.tempfile_in(folder)?, to: to.to_owned(), replaces: false })
    }

    /// Where the file is until it is finished, for programs that write it by its name.
    pub(crate) fn part(&self) -> &Path {
        self.part.path()
    }

    /// Puts all of it on the disk and gives it its name.
    ///
    /// # Errors
    /// If it cannot be written, or something has come to be at its place that it may not replace
    /// ([`ErrorKind::AlreadyExists`]). Nothing is left of it then.
    pub fn finish(self) -> io::Result<()> {
        let to = self.to.clone();
        self.finish_as(&to).map_err(|(_, error)| error)
    }

    /// The same under another name in the same folder; the file under way is given back with the error.
    pub(crate) fn finish_as(self, to: &Path) -> Result<(), (Self, io::Error)> {
        if let Err(error) = self.part.as_file().sync_all() {
            return Err((self, error));
        }
        // What takes the place of a file is open to those to whom that was.
        if self.replaces
            && let Ok(replaced) = fs::metadata(to)
            && let Err(error) = self.part.as_file().set_permissions(replaced.permissions())
        {
            return Err((self, error));
        }
        let named = if self.replaces { self.part.persist(to) } else { self.part.persist_noclobber(to) };
        match named {
            Ok(_) => {
                sync_folder(folder_of(to));
                Ok(())
            }
            Err(failed) => Err((Self { part: failed.file, to: self.to, replaces: self.replaces }, failed.error)),
        }
    }

    /// Whether there is a file at `path` with the same content.
    pub(crate) fn is_like(&self, path: &Path) -> io::Result<bool> {
        let Ok(other) = File::open(path) else { return Ok(false) };
        let own = File::open(self.part())?;
        if own.metadata()?.len() != other.metadata()?.len() {
            return Ok(false);
        }
        let (mut own, mut other) = (io::BufReader::new(own).bytes(), io::BufReader::new(other).bytes());
        loop {
            match (own.next().transpose()?, other.next().transpose()?) {
                (None, None) => return Ok(true),
                (ours, theirs) if ours != theirs => return Ok(false),
                _ => {}
            }
        }
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.part.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.part.as_file_mut().flush()
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Puts the names of a folder on the disk, where the system has that: the file itself is there already.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_has_its_name_only_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("new");
        let mut file = NewFile::create(&to).unwrap();
        file.write_all(b"half").unwrap();
        assert!(!to.exists());
        drop(file);
        assert!(names(folder.path()).is_empty(), "nothing is left of half a file");

        let mut file = NewFile::create(&to).unwrap();
        file.write_all(b"whole").unwrap();
        file.finish().unwrap();
        assert_eq!(names(folder.path()), ["new"]);
        assert_eq!(fs::read(&to).unwrap(), b"whole");
    }

    #[test]
    fn two_who_make_one_file_do_not_write_into_one_another() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("new");
        let (mut first, mut second) = (NewFile::create(&to).unwrap(), NewFile::create(&to).unwrap());
        first.write_all(b"first").unwrap();
        second.write_all(b"the second").unwrap();
        first.finish().unwrap();
        assert_eq!(second.finish().unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&to).unwrap(), b"first");
        assert_eq!(NewFile::create(&to).unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(names(folder.path()), ["new"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_replaced_through_a_link_is_what_the_link_leads_to() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let (to, link) = (folder.path().join("page"), folder.path().join("link"));
        fs::write(&to, "old").unwrap();
        std::os::unix::fs::symlink(&to, &link).unwrap();
        let mut file = NewFile::replace(&link).unwrap();
        file.write_all(b"new").unwrap();
        file.finish().unwrap();
        assert_eq!(names(folder.path()), ["link", "page"]);
        assert_eq!(fs::read(&to).unwrap(), b"new");
        assert_ne!(fs::metadata(&to).unwrap().permissions().mode() & 0o040, 0, "others may read what they always may");
    }

    #[cfg(unix)]
    #[test]
    fn what_was_private_stays_so() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("page");
        fs::write(&to, "old").unwrap();
        fs::set_permissions(&to, fs::Permissions::from_mode(0o600)).unwrap();
        let mut file = NewFile::replace(&to).unwrap();
        file.write_all(b"new").unwrap();
        file.finish().unwrap();
        assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
