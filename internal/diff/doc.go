// Package diff says how two texts differ, line by line, in the unified format
// that diff -u prints and patch reads. Short stretches are compared exactly;
// in long ones the lines that occur once in either text are the anchors, so
// that the time is about linear in the length of the texts.
package diff
