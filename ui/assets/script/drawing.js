// Formulas and figures: Streamlit's sanitiser lets neither MathML nor SVG pass, so they come as an
// attribute, and are put in their place here. They are the server's own, their texts escaped.
function draw() {
  for (const place of document.querySelectorAll("[data-drawn]")) {
    const bytes = Uint8Array.from(atob(place.dataset.drawn), (sign) => sign.charCodeAt(0))
    const drawn = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "text/xml")
    place.removeAttribute("data-drawn")
    place.replaceChildren(document.importNode(drawn.documentElement, true))
  }
}

export const drawing = {
  start() {
    new MutationObserver(draw).observe(document.body, { childList: true, subtree: true })
    draw()
  },
}
