// Where the browser is.
import { existsSync } from "node:fs";

/** Debian's Chromium, or the one named by $CHROMIUM. */
export const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (path) => path && existsSync(path),
);
