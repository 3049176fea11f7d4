package main

import (
	"runtime"
	"runtime/debug"

	"github.com/ctgen-lang/ctgen"
)

var versionVerb = &verb{
	name:     "version",
	short:    "print the version",
	long:     "Prints the version of ctgen, and the Go release and platform that it was built for.",
	examples: []string{"ctgen version"},
	run: func(u *ui, c *call) int {
		u.print("ctgen %s %s %s/%s", toolVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return exitOK
	},
}

// toolVersion is the version of this module in the build, whether it is the
// main module or a tool of another.
func toolVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if info.Main.Path == ctgen.Path {
		return orDevel(info.Main.Version)
	}
	for _, d := range info.Deps {
		if d.Path == ctgen.Path {
			return orDevel(d.Version)
		}
	}
	return "(devel)"
}

func orDevel(v string) string {
	if v == "" {
		return "(devel)"
	}
	return v
}
