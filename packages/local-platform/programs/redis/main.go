// Command redis serves the Redis protocol from memory on one address: the cache that Argo CD needs.
package main

import (
	"flag"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// miniredis has a clock of its own, which stands still until it is moved: keys would never expire.
const tick = time.Second

func main() {
	address := flag.String("address", "127.0.0.1:6379", "address to listen on")
	flag.Parse()

	server := miniredis.NewMiniRedis()
	if err := server.StartAddr(*address); err != nil {
		log.Fatalf("cannot listen on %s: %v", *address, err)
	}
	defer server.Close()
	log.Printf("listening on %s", server.Addr())

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	clock := time.NewTicker(tick)
	defer clock.Stop()
	for {
		select {
		case <-clock.C:
			server.FastForward(tick)
		case <-stop:
			return
		}
	}
}
