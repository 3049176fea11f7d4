package kernel

//go:noescape
func tilesAVX2(p *panel)

//go:noescape
func tilesRaggedAVX2(p *panel)

//go:noescape
func tilesNarrowAVX2(p *panel)

//go:noescape
func rowAVX2(p *panel)

//go:noescape
func tilesAVX512(p *panel)

//go:noescape
func tilesNarrowAVX512(p *panel)

//go:noescape
func rowAVX512(p *panel)

//go:noescape
func dotsAVX2(d *dots)

//go:noescape
func dotsAVX512(d *dots)

//go:noescape
func transposeAVX2(out, in *float32, rows, cols, outRow, inRow int)
