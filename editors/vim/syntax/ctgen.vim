" Colours for .cat specifications.
if exists('b:current_syntax')
  finish
endif

syntax keyword ctgenDeclaration category import dim object arrow endo law monoid data train
syntax keyword ctgenKeyword given in as grad share map repeat tangent
syntax keyword ctgenContextual with within exactly hand implements init decay nodecay running
syntax match ctgenContextual /^\s*\zs\(means\|keeps\|reverse\|where\|kink\|each\|kernel\|stores\|predicts\|adds\|splits\|partial\)\>/
syntax keyword ctgenType R Fin Bool Int Text List Option
syntax keyword ctgenConstant inf simplex
syntax keyword ctgenWire id copy drop swap first second third
syntax match ctgenStd /\<std\.\w\+/
syntax match ctgenNumber /\<\d\+\(\.\d\+\)\?\([eE][+-]\?\d\+\)\?\>/
syntax match ctgenOperator /->\|>>\|\.\.\|[?]/
syntax region ctgenString start=/"/ skip=/\\["\\]/ end=/"/ oneline
syntax match ctgenComment "//.*$" contains=@Spell

highlight default link ctgenDeclaration Statement
highlight default link ctgenKeyword Keyword
highlight default link ctgenContextual PreProc
highlight default link ctgenType Type
highlight default link ctgenConstant Constant
highlight default link ctgenWire Function
highlight default link ctgenStd Function
highlight default link ctgenNumber Number
highlight default link ctgenOperator Operator
highlight default link ctgenString String
highlight default link ctgenComment Comment

setlocal commentstring=//\ %s
let b:current_syntax = 'ctgen'
