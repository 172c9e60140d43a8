" Vim compiler file: clauselint, a linter for contracts. `:compiler clauselint`, then `:make %` or `:make .`

if exists("current_compiler")
  finish
endif
let current_compiler = "clauselint"

let s:cpo_save = &cpo
set cpo&vim

CompilerSet makeprg=clauselint\ check\ --format\ concise\ --quiet
" The level's first letter is the type; the code stays in front of the message. Columns are characters, which
" `%v` comes closest to. Other lines are left out.
CompilerSet errorformat=%f:%l:%v:\ %t%*[a-z]%m,%-G%.%#

let &cpo = s:cpo_save
unlet s:cpo_save
