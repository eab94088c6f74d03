// A knob that moves fetches the page anew, and takes the view out of it, one at a time and the last one last; so does a text, once
// the typing rests.
const form = document.querySelector("form")
const view = document.getElementById("view")
const says = document.getElementById("says")
let busy = false
let wanted = false
let typing = 0

async function draw() {
  wanted = true
  if (busy) return
  busy = true
  while (wanted) {
    wanted = false
    const query = new URLSearchParams(new FormData(form))
    try {
      const answer = await fetch(`${form.getAttribute("action")}?${query}`)
      if (!answer.ok) continue
      const page = new DOMParser().parseFromString(await answer.text(), "text/html")
      const [drawn, said] = [page.getElementById("view"), page.getElementById("says").textContent]
      const open = [...view.querySelectorAll("details")].map((each) => each.open)
      view.innerHTML = drawn.innerHTML
      keepAlone()
      view.querySelectorAll("details").forEach((each, n) => { each.open = open[n] ?? false })
      if (says.textContent !== said) says.textContent = said
      history.replaceState(null, "", `${location.pathname}?${query}`)
    } catch {
      // the server is away: what was drawn stays
    }
  }
  busy = false
}

form.addEventListener("input", ({ target }) => {
  if (target.dataset.stops) {
    const shown = target.dataset.stops.split(" ")[target.value]
    target.setAttribute("aria-valuetext", shown)
    target.previousElementSibling.textContent = shown
  }
  const chosen = new FormData(form)
  for (const knob of form.querySelectorAll("[data-when]")) {
    const [name, option] = knob.dataset.when.split("=")
    knob.hidden = chosen.get(name) !== option
  }
  clearTimeout(typing)
  typing = setTimeout(draw, target.matches("[type=text], textarea") ? 200 : 0)
})
form.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "chosen") {
    event.preventDefault()
    draw()
  }
})

// The chat model by itself: what it said stays as long as the question does.
let alone = {}
function keepAlone() {
  const button = view.querySelector("[data-alone]")
  if (button && button.dataset.alone === alone.question) button.nextElementSibling.innerHTML = alone.html
}
view.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-alone]")
  if (!button || button.getAttribute("aria-disabled") === "true") return
  const question = button.dataset.alone
  button.setAttribute("aria-disabled", "true")
  try {
    const query = new URLSearchParams({ question, lang: document.documentElement.lang })
    const answer = await fetch("./demonstration/retrieval/alone?" + query, { method: "POST" })
    if (answer.ok) alone = { question, html: (await answer.json()).html }
  } catch {
    // the server is away
  }
  button.setAttribute("aria-disabled", "false")
  keepAlone()
})
