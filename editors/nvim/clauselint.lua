-- clauselint for nvim-lint. Copy to lua/lint/linters/clauselint.lua; see editors/README.md.

return {
  cmd = "clauselint",
  stdin = true,
  args = {
    "check",
    "--format",
    "concise",
    "--quiet",
    "--stdin-filename",
    function()
      return vim.api.nvim_buf_get_name(0)
    end,
    "-",
  },
  stream = "stdout",
  -- 1 means findings.
  ignore_exitcode = true,
  parser = require("lint.parser").from_errorformat("%f:%l:%v: %t%*[a-z]%m,%-G%.%#", {
    source = "clauselint",
  }),
}
