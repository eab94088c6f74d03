// Before anything is drawn: the reader's light or dark, and size of text, from the cookie of choices.
// Streamlit reads its theme from the browser's storage, under a key for each address.
(() => {
  // Every address is of one depth, so Streamlit need not look for its server above it.
  const home = new URL("./", location).href
  window.__streamlit = { BACKEND_BASE_URL: home, MAIN_PAGE_BASE_URL: home }
  const NAMES = { auto: "System", light: "Light", dark: "Dark" }
  const VIEWS = ["./", "./glossary", "./term", "./map", "./classroom", "./manage"]
  const kept = document.cookie.split("; ").find((each) => each.startsWith("masrad="))
  let choices = {}
  try {
    choices = JSON.parse(decodeURIComponent(kept.slice("masrad=".length)))
  } catch {
    // nothing was chosen yet
  }
  const apply = (theme) => {
    for (const view of VIEWS) {
      const key = `stActiveTheme-${new URL(view, location).pathname}-v2`
      localStorage.setItem(key, JSON.stringify(NAMES[theme] ?? NAMES.auto))
    }
  }
  window.masradEarly = { apply, theme: choices.theme ?? "auto" }
  if (NAMES[choices.theme]) apply(choices.theme)
  const scheme = { light: "light", dark: "dark" }[choices.theme] ?? "light dark"
  document.documentElement.style.colorScheme = scheme
  document.documentElement.dataset.size = choices.size ?? "normal"
})()
