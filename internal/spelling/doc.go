// Package spelling finds what a misspelt word was meant to be.
package spelling
