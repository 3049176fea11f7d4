package explain

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/internal/spelling"
)

// Find returns the page of the code that word spells, in either case and with
// or without its letters. Where there is none, near is the code most likely
// meant, or empty.
func Find(word string) (page diag.Description, near diag.Code, ok bool) {
	spelt := strings.ToUpper(strings.TrimSpace(word))
	spelt = "CT" + fmt.Sprintf("%04s", strings.TrimPrefix(spelt, "CT"))
	var codes []string
	for _, d := range diag.Descriptions() {
		if string(d.Code) == spelt {
			return d, "", true
		}
		codes = append(codes, string(d.Code))
	}
	budget := len(codes)
	return diag.Description{}, diag.Code(spelling.Nearest(spelt, codes, &budget)), false
}
