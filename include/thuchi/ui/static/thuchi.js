// Airflow keeps its theme as a class of its own page; these pages follow it, and the browser's wish where they stand alone.
(() => {
  const own = document.documentElement;
  const outer = window.parent === window ? null : window.parent.document.documentElement;
  const wish = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    const themed = outer && ["dark", "light"].find((name) => outer.classList.contains(name));
    own.dataset.theme = themed || (wish.matches ? "dark" : "light");
  };
  follow();
  wish.addEventListener("change", follow);
  if (outer) new MutationObserver(follow).observe(outer, { attributes: true, attributeFilter: ["class"] });
})();
