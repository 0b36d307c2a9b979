"use strict";
// A little comfort: everything on the page works without this.
(() => {
  const find = (id) => document.getElementById(id);
  const choices = ["filter-severity", "filter-facet", "filter-speaker"].map(find).filter(Boolean);
  const count = find("filter-count");
  const reset = find("filter-reset");
  const cards = [...document.querySelectorAll(".card")];

  // How many claims the filters show; the rules of the style hide the others.
  const recount = () => {
    if (!count) return;
    const shown = cards.filter((card) => getComputedStyle(card).display !== "none").length;
    count.textContent = count.dataset.pattern.replace("{shown}", shown).replace("{all}", cards.length);
    reset.hidden = choices.every((choice) => choice.value === "");
  };
  choices.forEach((choice) => choice.addEventListener("change", recount));
  reset?.addEventListener("click", () => {
    choices.forEach((choice) => { choice.value = ""; });
    recount();
    choices[0].focus();
  });

  // A link into a version that is not shown puts it beside the one that is; a link to a hidden claim shows all.
  const left = find("pane-left");
  const right = find("pane-right");
  const follow = () => {
    const target = location.hash.length > 1 && find(location.hash.slice(1));
    if (!target) return;
    if (target.classList.contains("card") && getComputedStyle(target).display === "none") {
      reset.click();
      target.scrollIntoView();
    }
    const pane = target.closest(".pane");
    const number = pane?.id.replace("version-", "");
    if (pane && left.value !== number && right.value !== number) {
      right.value = number;
      target.scrollIntoView({ block: "center" });
    }
    compare();
  };

  // Where two versions stand side by side, each claim says what it is beside the other version.
  const marks = (pane) => [...pane.querySelectorAll("mark[data-thread]")];
  const textOf = (pane, thread) =>
    marks(pane).filter((mark) => mark.dataset.thread === thread).map((mark) => mark.textContent).join(" ");
  const compare = () => {
    document.querySelectorAll(".pane .only, .pane .differs").forEach((mark) => mark.classList.remove("only", "differs"));
    if (!left || right.value === "" || right.value === left.value) return;
    const panes = [find("version-" + left.value), find("version-" + right.value)];
    panes.forEach((pane, at) => {
      const other = panes[1 - at];
      const there = new Set(marks(other).map((mark) => mark.dataset.thread));
      marks(pane).forEach((mark) => {
        const thread = mark.dataset.thread;
        if (!there.has(thread)) mark.classList.add("only");
        else if (textOf(pane, thread) !== textOf(other, thread)) mark.classList.add("differs");
      });
    });
  };
  [left, right].forEach((choice) => choice?.addEventListener("change", compare));

  // Pointing at a claim shows the same claim in the version beside it.
  const light = (event, on) => {
    const thread = event.target.closest?.("[data-thread]")?.dataset.thread;
    if (thread) {
      document.querySelectorAll(`.pane [data-thread="${thread}"]`).forEach((mark) => mark.classList.toggle("lit", on));
    }
  };
  const panes = document.querySelector(".panes");
  ["pointerover", "focusin"].forEach((name) => panes?.addEventListener(name, (event) => light(event, true)));
  ["pointerout", "focusout"].forEach((name) => panes?.addEventListener(name, (event) => light(event, false)));

  // A served page says when there is a newer one, and leaves it to the reader when to see it.
  const newer = find("newer");
  let tag = null;
  const look = async () => {
    if (document.hidden || newer.textContent !== "") return;
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    const now = answer?.ok && answer.headers.get("etag");
    if (!now) return;
    tag ??= now;
    if (now === tag) return;
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = newer.dataset.show;
    link.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
    newer.append(newer.dataset.said, " ", link);
  };
  if (newer) {
    look();
    setInterval(look, 5000);
    document.addEventListener("visibilitychange", look);
  }

  addEventListener("hashchange", follow);
  recount();
  follow();
})();
