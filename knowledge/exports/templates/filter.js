// Filters the list by every word that is typed, of a name, a definition or a category: case, accents
// and Arabic spelling variants aside.
(() => {
  const folded = text => text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").toLowerCase()
    .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه");
  const input = document.getElementById("search"), found = document.getElementById("found");
  const groups = [...document.querySelectorAll(".group")].map(group => ({
    group,
    items: [...group.querySelectorAll("li")].map(item => ({
      item, names: folded(item.dataset.names), text: folded(`${item.textContent} ${item.dataset.category}`),
    })),
  }));
  const letters = document.querySelector(".letters");
  const filter = () => {
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const {group, items} of groups) {
      let shown = 0;
      for (const {item, names, text} of items) {
        item.hidden = !words.every(word => names.includes(word) || text.includes(word));
        shown += !item.hidden;
      }
      group.hidden = !shown;
      count += shown;
    }
    letters.hidden = words.length > 0;
    found.textContent = !words.length ? "" : count ? `${found.dataset.found} ${count}` : found.dataset.none;
  };
  input.addEventListener("input", filter);
  input.addEventListener("keydown", event => {
    const asked = folded(input.value).trim();
    if (event.key !== "Enter" || !asked) return;
    const shown = groups.flatMap(group => group.items).filter(({item}) => !item.hidden);
    const first = shown.find(({names}) => names.split("\n").includes(asked)) ?? shown[0];
    if (first) first.item.querySelector("a").click();
  });
  document.querySelector(".search").hidden = false;
  filter();
})();
