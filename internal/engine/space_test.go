package engine

import (
	"testing"

	"tributary/internal/failure"
)

func TestALimitedAddressSpaceIsRefusedOrBoundsTheEngine(t *testing.T) {
	if _, err := limitOf(leastSpace-1, "1GB"); failure.CodeOf(err) != failure.Resources {
		t.Errorf("too little: %v", err)
	}
	for _, c := range []struct {
		space       uint64
		given, want string
	}{
		{leastSpace, "", "1000MB"}, {10 * gigabyte, "", "8000MB"}, {10 * gigabyte, "512MB", "512MB"},
	} {
		if got, err := limitOf(c.space, c.given); err != nil || got != c.want {
			t.Errorf("%d, %q: %q, %v", c.space, c.given, got, err)
		}
	}
}
