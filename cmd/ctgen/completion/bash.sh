# Completion of ctgen for bash. Printed by `ctgen completion bash`; put
#     source <(ctgen completion bash)
# into ~/.bashrc. What can stand where is ctgen's own answer.

_ctgen() {
	local mode line
	COMPREPLY=()
	{
		read -r mode
		while IFS= read -r line; do
			COMPREPLY+=("${line%%$'\t'*}")
		done
	} < <("${1/#\~/$HOME}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
	case $mode in
	files) compopt -o filenames 2>/dev/null ;;
	open) compopt -o nospace 2>/dev/null ;;
	esac
}

complete -F _ctgen ctgen
