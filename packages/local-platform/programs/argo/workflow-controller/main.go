// Command workflow-controller runs the controller of Argo Workflows.
//
// Upstream's own command does the same, but opens port 6060 on every interface and knows no flag against it.
package main

import (
	"context"
	"flag"
	"log"
	"os/signal"
	"syscall"

	wfclientset "github.com/argoproj/argo-workflows/v3/pkg/client/clientset/versioned"
	"github.com/argoproj/argo-workflows/v3/workflow/controller"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	configMap      = "workflow-controller-configmap"
	workers        = 8
	ttlWorkers     = 2
	cleanupWorkers = 2
	cronWorkers    = 2
	archiveWorkers = 2
)

func main() {
	kubeconfig := flag.String("kubeconfig", "", "path of the kubeconfig file")
	namespace := flag.String("namespace", "argo", "namespace of the controller's ConfigMap")
	executorImage := flag.String("executor-image", "", "image of the init and wait containers")
	flag.Parse()

	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		log.Fatal(err)
	}
	config.QPS, config.Burst = 50, 100
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	instance, err := controller.NewWorkflowController(ctx, config,
		kubernetes.NewForConfigOrDie(config), wfclientset.NewForConfigOrDie(config),
		*namespace, "", *executorImage, "", "text", configMap, false)
	if err != nil {
		log.Fatal(err)
	}
	go instance.Run(ctx, workers, ttlWorkers, cleanupWorkers, cronWorkers, archiveWorkers)
	<-ctx.Done()
}
