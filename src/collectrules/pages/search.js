(() => {
  const field = document.getElementById("search"), found = document.getElementById("found");
  const rows = [...document.querySelectorAll("[data-searched]")].map(row => [row, row.textContent.toLowerCase()]);
  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every(word => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    found.textContent = words.length ? `${shown} of ${rows.length}` : "";
  };
  field.closest(".search").hidden = false;
  field.addEventListener("input", filter);
})();
