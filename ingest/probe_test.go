package ingest
import ("testing";"time";"os";"path/filepath";"strings")
func TestProbeZones(t *testing.T) {
	n := 0
	filepath.Walk("/usr/share/zoneinfo", func(p string, i os.FileInfo, err error) error {
		if err != nil || i.IsDir() || strings.Contains(p, "posix") || strings.Contains(p,"right") { return nil }
		name := strings.TrimPrefix(p, "/usr/share/zoneinfo/")
		z, err := time.LoadLocation(name); if err != nil { return nil }
		n++
		c := newWallClock(z, "")
		for y := 1990; y < 10000; y += 1 + (y/2040)*97 {
			for d := 0; d < 365; d++ {
				done := make(chan int, 1)
				l := daysOf(y,1,1)*86400 + int64(d)*86400
				t0 := time.Now()
				c.utc(l); c.utc(l+7200)
				if time.Since(t0) > 100*time.Millisecond { t.Error(name, y, d, time.Since(t0)) }
				_ = done
			}
		}
		return nil
	})
	t.Log(n)
}
