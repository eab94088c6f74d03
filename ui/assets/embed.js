// Links the glossary's terms in the page that includes it; a card shows the summary of each, word for
// word. The page's texts are sent to Masrad, which knows how Arabic and English write a name, and keeps
// none of them. Neither page's style reaches the other's: the card has a shadow tree.
;(() => {
  const WORDS = "WORDS"
  const script = document.currentScript
  const home = new URL("./", script.src).href
  const OUT =
    "a, button, code, pre, kbd, samp, h1, h2, h3, h4, h5, h6, label, input, textarea, select, br, script," +
    "style, noscript, template, iframe, object, svg, math, canvas, audio, video, [contenteditable]," +
    "[aria-hidden=true], [data-masrad=off]"
  const MOST_TEXTS = 5000, MOST_CHARACTERS = 200000 // that Masrad takes
  const HOVER = 150, LEAVE = 300 // milliseconds until the card comes, and goes
  const EDGE = 12, BELOW = 6 // pixels

  // A line of the source ends no name; half a character would be refused.
  const spaced = (text) => (text.toWellFormed?.() ?? text).replace(/\s/g, " ")

  // The texts of an element, in blocks: a name may reach over what is set in bold, not over a paragraph.
  function blocksOf(root) {
    const blocks = []
    let block = null
    const visit = (parent) => {
      for (const node of parent.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) {
          if (!block) {
            const language = parent.closest("[lang]")?.lang ?? ""
            blocks.push((block = { text: "", nodes: [], language }))
          }
          block.nodes.push({ node, start: block.text.length })
          block.text += spaced(node.data)
        } else if (node.nodeType === Node.ELEMENT_NODE) {
          const apart = node.lang || !/^(inline|contents)/.test(getComputedStyle(node).display)
          if (apart) block = null
          if (!node.matches(OUT)) visit(node)
          else if (block) block.text += "\n"
          if (apart) block = null
        }
      }
    }
    if (!root.closest(OUT)) visit(root)
    let left = MOST_CHARACTERS
    const worded = blocks.filter(({ text }) => /\p{L}/u.test(text) && (left -= text.length) >= 0)
    return worded.slice(0, MOST_TEXTS)
  }

  // A place in a text, which Masrad counts by characters and JavaScript by halves of some.
  const placeIn = (text, count) => Array.from(text).slice(0, count).join("").length

  function wrap({ text, nodes }, link) {
    const start = placeIn(text, link.start), end = placeIn(text, link.end)
    const held = nodes.findLast((each) => each.start <= start)
    const [first, last] = [start - held.start, end - held.start]
    const said = spaced(held.node.data.slice(first, last))
    if (!held.node.isConnected || said !== text.slice(start, end)) return // in two elements, or changed
    held.node.splitText(last)
    const named = held.node.splitText(first)
    const term = document.createElement("a")
    term.href = link.entry.address
    term.target = "_blank"
    term.rel = "noopener"
    term.dataset.masrad = link.entry.id
    term.setAttribute("aria-description", link.entry.summary)
    named.replaceWith(term)
    term.append(named)
    listen(term, link.entry)
  }

  const style = (text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    return sheet
  }
  const TERM = `
    a[data-masrad] {
      all: unset !important; cursor: help !important; text-decoration: underline dotted currentColor !important;
      text-decoration-thickness: .08em !important; text-underline-offset: .22em !important;
    }
    a[data-masrad]:is(:hover, :focus-visible, [data-masrad-open]) {
      text-decoration-style: solid !important; background: color-mix(in srgb, #0b8a7b 16%, transparent) !important;
    }
    a[data-masrad]:focus-visible { outline: 2px solid currentColor !important; outline-offset: 2px !important; border-radius: 2px !important; }
    @media print { a[data-masrad] { text-decoration: none !important; } }`
  const CARD = `
    :host { all: initial !important; color-scheme: inherit !important; }
    .card {
      position: fixed; inset: auto; margin: 0; box-sizing: border-box; width: min(23rem, calc(100vw - ${2 * EDGE}px));
      max-height: min(24rem, 70vh); overflow: auto; padding: 1rem 1.125rem .5rem; border: 1px solid light-dark(#ddd8cc, #364042);
      border-radius: .75rem; background: light-dark(#fff, #1a2122); color: light-dark(#1d2526, #e9e6df); text-align: start;
      font: 16px/1.55 system-ui, "Segoe UI", "Noto Sans", "Noto Sans Arabic", Tahoma, sans-serif;
      box-shadow: 0 1px 2px light-dark(rgb(40 35 20 / .06), rgb(0 0 0 / .4)), 0 8px 28px light-dark(rgb(40 35 20 / .16), rgb(0 0 0 / .5));
    }
    .card:lang(ar) { line-height: 1.75; }
    .term { margin: 0; font-weight: 650; font-size: 1.0625rem; }
    .quote { margin: .375rem 0 .75rem; }
    .source {
      display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 1rem; margin: 0;
      border-top: 1px solid light-dark(#ddd8cc, #364042); font-size: .875rem; color: light-dark(#525d5f, #a9b2b1);
    }
    .source a { display: inline-flex; align-items: center; min-height: 2.75rem; color: light-dark(#0b6e63, #6fd6c7); }
    .source a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; border-radius: 2px; }
    @media (forced-colors: active) { .card { border-color: CanvasText; } }`

  const host = document.createElement("masrad-card")
  host.dataset.masrad = "off"
  const shadow = host.attachShadow({ mode: "open" })
  shadow.adoptedStyleSheets = [style(CARD)]
  const made = (name, kind, ...inside) => {
    const element = document.createElement(name)
    element.className = kind
    element.append(...inside)
    return element
  }
  const title = made("p", "term"), quote = made("blockquote", "quote")
  const source = made("span", ""), more = made("a", "")
  const card = made("div", "card", title, quote, made("p", "source", source, more))
  card.popover = "manual"
  more.target = "_blank"
  more.rel = "noopener"
  shadow.append(card)
  let open = null, timer = 0

  function place() {
    if (!open) return
    const at = open.getClientRects()[0], size = card.getBoundingClientRect()
    const wide = document.documentElement.clientWidth
    const from = getComputedStyle(open).direction === "rtl" ? at.right - size.width : at.left
    const above = at.bottom + BELOW + size.height > innerHeight - EDGE && at.top > innerHeight - at.bottom
    card.style.left = `${Math.max(EDGE, Math.min(from, wide - EDGE - size.width))}px`
    card.style.top = `${Math.max(EDGE, above ? at.top - BELOW - size.height : at.bottom + BELOW)}px`
  }

  function show(term, entry) {
    clearTimeout(timer)
    if (open === term) return
    hide()
    const tag = entry.language.split("-")[0] in WORDS ? entry.language.split("-")[0] : "en"
    Object.assign(card, { lang: tag, dir: WORDS[tag].direction, scrollTop: 0 })
    for (const element of [title, quote]) Object.assign(element, { lang: entry.language, dir: "auto" })
    title.textContent = entry.term
    quote.textContent = entry.summary
    source.textContent = WORDS[tag].source
    more.textContent = WORDS[tag].open
    more.ariaLabel = WORDS[tag].open_entry.replace("{term}", entry.term)
    more.href = entry.address
    open = term
    term.dataset.masradOpen = ""
    card.showPopover()
    place()
  }

  function hide() {
    clearTimeout(timer)
    if (!open) return
    delete open.dataset.masradOpen
    open = null
    card.hidePopover()
  }

  const later = (act, milliseconds) => {
    clearTimeout(timer)
    timer = setTimeout(act, milliseconds)
  }

  function listen(term, entry) {
    let touched = false
    const on = (name, act) => term.addEventListener(name, act)
    on("pointerenter", (event) => event.pointerType !== "touch" && later(() => show(term, entry), HOVER))
    on("pointerleave", (event) => event.pointerType !== "touch" && later(hide, LEAVE))
    on("focus", () => show(term, entry))
    on("blur", () => later(hide, LEAVE))
    on("pointerdown", (event) => (touched = event.pointerType === "touch" && open !== term))
    on("click", (event) => {
      if (!touched) return
      event.preventDefault() // the first touch shows the card, the second opens the entry
      touched = false
      show(term, entry)
    })
  }

  card.addEventListener("pointerenter", () => clearTimeout(timer))
  card.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && later(hide, LEAVE))
  card.addEventListener("focusin", () => clearTimeout(timer))
  card.addEventListener("focusout", () => later(hide, LEAVE))
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide())
  document.addEventListener("pointerdown", (event) => {
    if (open && !event.composedPath().some((each) => each === open || each === card)) hide()
  })
  addEventListener("scroll", place, { capture: true, passive: true })
  addEventListener("resize", place)

  async function begin() {
    const roots = document.querySelectorAll(script.dataset.within || "body")
    const blocks = Array.from(roots).flatMap(blocksOf)
    if (!blocks.length) return
    const texts = blocks.map(({ text, language }) => ({ text, language }))
    const asked = await fetch(`${home}api/v1/links`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ texts }),
      credentials: "omit",
    })
    if (!asked.ok) throw new Error((await asked.json()).error)
    const links = await asked.json()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style(TERM)]
    document.body.append(host)
    for (const link of links.reverse()) wrap(blocks[link.text], link) // the last first: places hold
  }
  const failed = (error) => console.warn(`Masrad links no terms on this page: ${error.message}`)
  const start = () => begin().catch(failed)
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start)
  else start()
})()
