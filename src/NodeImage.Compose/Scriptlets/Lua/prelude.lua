-- What rpm's own interpreter offers to scriptlets, over the functions of the host. A host function gives true and its
-- results, or false and a message; errors are raised here, where no foreign frames are in the way.
local host = ...

local function call(name, ...)
  local results = table.pack(host(name, ...))
  if not results[1] then error(results[2], 0) end
  return table.unpack(results, 2, results.n)
end

local function refuse(name)
  return function() call("unsupported", name) end
end

local function library(prefix, names)
  local functions = {}
  for _, name in ipairs(names) do
    functions[name] = function(...) return call(prefix .. name, ...) end
  end
  return setmetatable(functions, { __index = function(_, key) return refuse(prefix .. key) end })
end

posix = library("posix.", { "access", "chmod", "chown", "dir", "link", "mkdir", "readlink", "rmdir", "symlink", "stat", "unlink", "utime", "getenv" })

function posix.files(path)
  local names, i = posix.dir(path), 0
  return function()
    i = i + 1
    return names and names[i]
  end
end

os = library("os.", { "rename", "remove", "execute", "getenv" })
function os.exit(status) call("exit", status or 0) end

rpm = library("rpm.", { "vercmp", "execute", "spawn", "next_file" })

-- Files are read whole when they are opened, and written whole when they are closed, or else when the script ends.
local File = {}
local largest = 16 * 1024 * 1024
File.__index = File
local opened = {}

local function open(path, mode)
  mode = (mode or "r"):gsub("b", "")
  local kind, reads = mode:match("^([rwa])(%+?)$")
  if not kind then error("bad argument #2 to 'open' (invalid mode)", 0) end
  local content, message = call("read", path)
  if kind == "r" and not content then return nil, message end
  if mode ~= "r" then
    local fine, why = call("writable", path)
    if not fine then return nil, why end
  end
  local file = setmetatable({
    path = path, content = kind == "w" and "" or content or "", position = 1, parts = {}, waiting = 0,
    reads = kind == "r" or reads == "+", writes = mode ~= "r", appends = kind == "a", changed = kind == "w" or not content,
  }, File)
  opened[#opened + 1] = file
  return file
end

-- What has been written at the end waits in parts: joining it each time would take too long.
local function join(file)
  if file.waiting > 0 then
    file.content = file.content .. table.concat(file.parts)
    file.parts, file.waiting = {}, 0
  end
  return file.content
end

local function readOne(file, format)
  join(file)
  if not file.reads then return nil, "Bad file descriptor" end
  format = type(format) == "string" and format:gsub("^%*", "") or format or "l"
  if format == "a" then
    local rest = file.content:sub(file.position)
    file.position = #file.content + 1
    return rest
  elseif file.position > #file.content then
    return nil
  elseif format == "l" or format == "L" then
    local stop = file.content:find("\n", file.position, true)
    local line = file.content:sub(file.position, stop and (format == "L" and stop or stop - 1) or nil)
    file.position = stop and stop + 1 or #file.content + 1
    return line
  elseif type(format) == "number" then
    local part = file.content:sub(file.position, file.position + format - 1)
    file.position = file.position + #part
    return part
  end
  call("unsupported", "reading by format " .. tostring(format))
end

function File:read(...)
  if select("#", ...) == 0 then return readOne(self) end
  local results = table.pack(...)
  for i = 1, results.n do results[i] = readOne(self, results[i]) end
  return table.unpack(results, 1, results.n)
end

function File:lines(format)
  return function() return readOne(self, format) end
end

function File:write(...)
  if not self.writes then return nil, "Bad file descriptor" end
  local parts = table.pack(...)
  for i = 1, parts.n do parts[i] = tostring(parts[i]) end
  local text = table.concat(parts)
  local stop = #self.content + self.waiting + 1
  local at = self.appends and stop or self.position
  if at + #text > largest then call("unsupported", "files as large as that") end
  if at == stop then
    self.parts[#self.parts + 1] = text
    self.waiting = self.waiting + #text
  else
    join(self)
    self.content = self.content:sub(1, at - 1) .. text .. self.content:sub(at + #text)
  end
  self.position = at + #text
  self.changed = true
  return self
end

function File:flush()
  if self.changed then call("write", self.path, join(self)) end
  self.changed = false
  return self
end

function File:seek(whence, offset)
  local from = whence == "set" and 1 or whence == "end" and #join(self) + 1 or self.position
  self.position = from + (offset or 0)
  return self.position - 1
end

function File:setvbuf() return true end

function File:close()
  self:flush()
  return true
end

function __close_files()
  for _, file in ipairs(opened) do file:flush() end
end

local standard = { write = function(self, ...) call("print", ...) return self end, flush = function(self) return self end, close = function() return true end }

io = setmetatable({
  open = open,
  stdout = standard,
  stderr = standard,
  write = function(...) call("print", ...) return standard end,
  close = function(file) return file:close() end,
  lines = function(path, format)
    local file, message = open(path)
    if not file then error(message, 0) end
    return file:lines(format)
  end,
}, { __index = function(_, key) return refuse("io." .. key) end })

function print(...)
  local parts = table.pack(...)
  for i = 1, parts.n do parts[i] = tostring(parts[i]) end
  call("print", table.concat(parts, "\t") .. "\n")
end

for _, name in ipairs({ "dofile", "loadfile", "load", "require", "package", "debug", "collectgarbage" }) do _G[name] = nil end
