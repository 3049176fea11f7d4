// Package std holds the standard arrows: .cat files that read like a
// textbook. It only carries their text; dsl/check gives them meaning.
package std
