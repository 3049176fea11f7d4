package main

import "embed"

// completionScripts hold one script for each shell. They know no verb: they
// ask the command itself.
//
//go:embed completion
var completionScripts embed.FS

var completionVerb = &verb{
	name:     "completion",
	operands: "bash|zsh|fish|powershell",
	min:      1,
	max:      1,
	short:    "print the script that completes ctgen in a shell",
	long: `Prints a script for the shell to read at its start. It completes verbs, flags
and their values, specifications, and what a specification declares: dims behind
--set, trainings, arrows and objects.

For bash, in ~/.bashrc:

  source <(ctgen completion bash)

For zsh, in ~/.zshrc below compinit:

  source <(ctgen completion zsh)

For fish, in ~/.config/fish/config.fish:

  ctgen completion fish | source

For PowerShell, in $PROFILE:

  ctgen completion powershell | Out-String | Invoke-Expression`,
	examples: []string{"ctgen completion bash > ~/.local/share/bash-completion/completions/ctgen"},
	run:      runCompletion,
}

func runCompletion(u *ui, c *call) int {
	_, shells := c.verb.placeholder(0)
	script, err := completionScripts.ReadFile("completion/" + c.operands[0] + ".sh")
	if err != nil {
		return u.usage(c.verb, "there is no completion for %s%s; there is for %s", quote(c.operands[0]), didYouMean(c.operands[0], shells), alternatives(shells))
	}
	if _, err := u.stdout.Write(script); err != nil {
		return u.fail("cannot write the script: %s", err)
	}
	return exitOK
}
