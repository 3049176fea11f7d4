package main

func printPlans(u *ui, specs []*spec) int { return 0 }
