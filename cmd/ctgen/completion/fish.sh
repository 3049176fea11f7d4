# Completion of ctgen for fish. Printed by `ctgen completion fish`; put
#     ctgen completion fish | source
# into ~/.config/fish/config.fish. What can stand where is ctgen's own answer.

function __ctgen_complete
	set -l words (commandline -opc)
	set -l lines ($words[1] __complete $words[2..-1] (commandline -ct) 2>/dev/null)
	# The first line is for shells that have to be told about spaces.
	test (count $lines) -gt 1; and printf '%s\n' $lines[2..-1]
end

complete -c ctgen -f -a '(__ctgen_complete)'
