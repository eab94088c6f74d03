-- Reads files with pandoc, one after another in one process: a line of stdin is a file's name, a
-- tab and its format; a line of stdout is its tree as JSON, or, after "!", why it could not be read.
-- An empty environment for `pandoc.read` is its sandbox: nothing but the given text is read. Of a
-- format "a>html", the tree is written as HTML and read again, which understands HTML in it.
local function tree(name, format)
  local file = assert(io.open(name, "rb"))
  local content = file:read("a")
  file:close()
  local first, through = format:match("^(.-)>(.+)$")
  local doc = pandoc.read(content, first or format, nil, {})
  if format == "pptx" then -- slides without a title are called by their numbers
    doc = doc:walk({
      Header = function(header)
        return pandoc.utils.stringify(header):match("^Slide %d+$") and {} or nil
      end,
    })
  end
  if through then
    doc = pandoc.read(pandoc.write(doc, "html"), through, nil, {})
  end
  return pandoc.write(doc, "json")
end

for line in io.lines() do
  local ok, result = pcall(tree, line:match("^(.-)\t(.*)$"))
  io.write(ok and "" or "!", (tostring(result):gsub("[\r\n]+", " ")), "\n")
  io.flush()
end
