# Completion of ctgen for PowerShell. Printed by `ctgen completion powershell`;
# put
#     ctgen completion powershell | Out-String | Invoke-Expression
# into $PROFILE. What can stand where is ctgen's own answer.

Register-ArgumentCompleter -Native -CommandName ctgen -ScriptBlock {
	param($word, $ast, $cursor)
	$words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -le $cursor } | ForEach-Object { $_.ToString() })
	$before = @($words | Select-Object -Skip 1)
	if ($word -ne '' -and $before.Count -gt 0) {
		$before = @($before | Select-Object -SkipLast 1)
	}
	# Old versions drop empty arguments, so the word goes in quotes of its own.
	if ($word -eq '') { $word = '""' }
	& $words[0] __complete @before $word 2>$null | Select-Object -Skip 1 | ForEach-Object {
		$candidate, $text = $_ -split "`t", 2
		if (-not $text) { $text = $candidate }
		$quoted = if ($candidate -match '[\s()*>]') { "'" + $candidate.Replace("'", "''") + "'" } else { $candidate }
		[System.Management.Automation.CompletionResult]::new($quoted, $candidate, 'ParameterValue', $text)
	}
}
