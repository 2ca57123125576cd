package requester

// Chance draws from the open interval (0, 1) by hashing what the draw is about: the seed, a word for the purpose, and
// whatever distinguishes this draw from all others. Such a draw does not depend on the order of events, so every strategy
// meets the same. The mixer is that of splitmix64 (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number
// Generators", 2014).
func Chance(about ...uint64) float64 {
	h := uint64(0)
	for _, x := range about {
		h = mix(h ^ mix(x+0x9e3779b97f4a7c15))
	}
	return (float64(h>>12) + 0.5) / (1 << 52) // 52 bits and a half are exact: with more, the largest would round to 1
}

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
