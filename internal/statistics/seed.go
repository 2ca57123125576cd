package statistics

// seedBits is how long the seed of a replication is: a float64 holds it exactly, and so does whoever reads it from JSON.
const seedBits = 53

// Seed returns the seed of replication k of a run with seed s. The first, k = 0, is s itself; the others are hashed from both, one
// after the other, so that replication 2 of seed 1 is not replication 1 of seed 2, and lie in [0, 2^53). That two of n seeds are equal by
// chance has a probability of about n²/2^54: one in a million for a hundred thousand. The mixer is that of splitmix64 (Steele, Lea and
// Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
func Seed(s, k uint64) uint64 {
	if k == 0 {
		return s
	}
	const golden = 0x9e3779b97f4a7c15 // 2^64 divided by the golden ratio, odd
	h := mix(mix(s+golden) + golden)
	return mix(h^mix(k+golden)) >> (64 - seedBits)
}

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
