// Command webhook-to-workflow stands in for the pods of Argo Events, which cannot run without containers.
//
// It receives a webhook as the Ingress, the Service and the EventSource in the cluster say, evaluates the filters of every
// Sensor that depends on the event, and starts the Workflow of each trigger. The filters, the parameters and the
// labels on the Workflow are Argo Events' own code; only the transport (event bus, one pod per object) is missing.
package main

import (
	"flag"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

func main() {
	// Argo Events starts Workflows by running `argo submit`: the same binary answers to that name.
	if filepath.Base(os.Args[0]) == "argo" {
		if err := submit(os.Args[1:]); err != nil {
			log.Fatal(err)
		}
		return
	}
	address := flag.String("address", "127.0.0.1:12000", "address to listen on")
	commands := flag.String("commands", "", "folder on the PATH in which this program is linked under the name argo")
	flag.Parse()

	if err := linkArgoCommand(*commands); err != nil {
		log.Fatal(err)
	}
	client, err := clusterClient()
	if err != nil {
		log.Fatal(err)
	}
	server := &http.Server{
		Addr:              *address,
		Handler:           &gateway{client: client},
		ReadHeaderTimeout: 10 * time.Second,
	}
	log.Printf("listening on %s", *address)
	log.Fatal(server.ListenAndServe())
}

func clusterConfig() (*rest.Config, error) {
	return clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
}

func clusterClient() (dynamic.Interface, error) {
	config, err := clusterConfig()
	if err != nil {
		return nil, err
	}
	return dynamic.NewForConfig(config)
}
