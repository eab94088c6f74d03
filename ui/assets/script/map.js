// The map's lines: from the term that is pointed at to those related to it, and along a path.
const SVG = "http://www.w3.org/2000/svg"

const middle = (place, frame) => {
  const box = place.getBoundingClientRect()
  return [box.x + box.width / 2 - frame.x, box.y + box.height / 2 - frame.y]
}

function draw(map, name, ways, bent = true) {
  map.querySelector(`.${name}`)?.remove()
  if (!ways.length) return
  const lines = document.createElementNS(SVG, "svg")
  lines.classList.add("m-roads", name)
  lines.setAttribute("aria-hidden", "true")
  const frame = map.getBoundingClientRect()
  for (const [from, to] of ways) {
    const [x, y] = middle(from, frame)
    const [toX, toY] = middle(to, frame)
    const line = document.createElementNS(SVG, "path")
    const bend = bent ? (toX - x) / 2 : 0
    line.setAttribute("d", `M${x} ${y}C${x + bend} ${y} ${toX - bend} ${toY} ${toX} ${toY}`)
    lines.append(line)
  }
  map.prepend(lines)
}

function point(place) {
  const map = place.closest(".m-map")
  const related = new Set(place.dataset.related.split(" "))
  const others = [...map.querySelectorAll("[data-place]")].filter((e) => related.has(e.dataset.place))
  leave(map)
  place.classList.add("m-spot-pointed")
  for (const other of others) other.classList.add("m-spot-joined")
  map.classList.add("m-pointing")
  draw(map, "m-ties", others.map((other) => [place, other]))
}

function leave(map) {
  map.classList.remove("m-pointing")
  for (const each of map.querySelectorAll(".m-spot-pointed, .m-spot-joined")) each.classList.remove("m-spot-pointed", "m-spot-joined")
  draw(map, "m-ties", [])
}

function walk() {
  for (const map of document.querySelectorAll(".m-map[data-path]")) {
    const steps = [...map.querySelectorAll("[data-step]")].sort((a, b) => a.dataset.step - b.dataset.step)
    draw(map, "m-walk", steps.slice(1).map((step, n) => [steps[n], step]), false)
  }
}

export const map = {
  start() {
    const on = (event) => event.target.closest?.("[data-place]")
    for (const kind of ["pointerover", "focusin"]) {
      document.addEventListener(kind, (event) => on(event) && point(on(event)))
    }
    for (const kind of ["pointerout", "focusout"]) {
      document.addEventListener(kind, (event) => on(event) && leave(on(event).closest(".m-map")))
    }
    const sizes = new ResizeObserver(walk)
    new MutationObserver(() => {
      for (const each of document.querySelectorAll(".m-map[data-path]")) sizes.observe(each)
    }).observe(document.body, { childList: true, subtree: true })
  },
}
