#compdef ctgen
# Completion of ctgen for zsh. Printed by `ctgen completion zsh`; put
#     source <(ctgen completion zsh)
# into ~/.zshrc, below compinit, or the output as _ctgen into a directory of
# $fpath. What can stand where is ctgen's own answer.

_ctgen() {
	local mode line
	local -a lines folders plain described
	lines=("${(@f)$(${~words[1]} __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
	mode=$lines[1]
	shift lines
	for line in $lines; do
		if [[ $mode == files && $line == */ ]]; then
			folders+=("$line")
		elif [[ $line == *$'\t'* ]]; then
			described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
		else
			plain+=("$line")
		fi
	done
	(( $#described )) && _describe ctgen described
	(( $#folders )) && compadd -f -S '' -- $folders
	case $mode in
	files) (( $#plain )) && compadd -f -- $plain ;;
	open) (( $#plain )) && compadd -S '' -- $plain ;;
	*) (( $#plain )) && compadd -- $plain ;;
	esac
	return 0
}

if [[ $funcstack[1] == _ctgen ]]; then
	_ctgen "$@"
else
	compdef _ctgen ctgen
fi
