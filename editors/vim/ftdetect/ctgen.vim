autocmd BufRead,BufNewFile *.cat setfiletype ctgen
