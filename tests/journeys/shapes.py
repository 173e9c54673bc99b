"""The shape of a page: what axe-core judges it by, without what differs from visit to visit, as names and sums."""

from playwright.sync_api import Page

# Elements with their attributes, and whether they say anything; of like neighbours, as rows of a table, the first.
_SHAPE = """() => {
  const filledIn = new Set(["action", "content", "href", "src", "value"])
  const plain = words => words.replace(/[\\w-]{22}|\\d+/g, "#")
  const named = ({name, value}) => filledIn.has(name) ? name : `${name}="${plain(value)}"`
  const shape = element => {
    const says = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
    const within = [...element.children].map(shape)
    const unlike = within.filter((one, place) => one !== within[place - 1])
    const tag = [element.localName, ...[...element.attributes].map(named)].join(" ")
    return `<${tag}>${says ? "…" : ""}${unlike.join("")}</>`
  }
  return shape(document.documentElement)
}"""


def shape_of(page: Page) -> tuple[int, str]:
    """Return the width of the window, and the shape of the page in it."""
    size = page.viewport_size
    return size["width"] if size else 0, str(page.evaluate(_SHAPE))
