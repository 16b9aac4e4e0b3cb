// Command events-controller runs the three controllers of Argo Events: EventBus, EventSource and Sensor.
//
// Upstream's own command does the same, but reads its settings from /etc/argo-events and listens on every interface.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"

	"github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"github.com/argoproj/argo-events/pkg/reconciler"
	"github.com/argoproj/argo-events/pkg/reconciler/eventbus"
	"github.com/argoproj/argo-events/pkg/reconciler/eventsource"
	"github.com/argoproj/argo-events/pkg/reconciler/sensor"
	"github.com/argoproj/argo-events/pkg/shared/logging"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/healthz"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/yaml"
)

func main() {
	// controller-runtime registers --kubeconfig itself.
	healthAddress := flag.String("health-address", "127.0.0.1:8081", "address of the health endpoint")
	image := flag.String("image", "", "image of the EventSource and Sensor Deployments")
	settings := flag.String("settings", "", "path of the controller's settings (controller-config.yaml)")
	flag.Parse()
	if err := run(*healthAddress, *image, *settings); err != nil {
		log.Println(err)
		os.Exit(1)
	}
}

func run(healthAddress, image, settingsPath string) error {
	content, err := os.ReadFile(settingsPath)
	if err != nil {
		return err
	}
	settings := &reconciler.GlobalConfig{}
	if err := yaml.Unmarshal(content, settings); err != nil {
		return fmt.Errorf("%s: %w", settingsPath, err)
	}
	config, err := ctrl.GetConfig()
	if err != nil {
		return err
	}
	manager, err := ctrl.NewManager(config, ctrl.Options{
		Metrics:                metricsserver.Options{BindAddress: "0"},
		HealthProbeBindAddress: healthAddress,
	})
	if err != nil {
		return err
	}
	if err := manager.AddHealthzCheck("liveness", healthz.Ping); err != nil {
		return err
	}
	if err := v1alpha1.AddToScheme(manager.GetScheme()); err != nil {
		return err
	}
	client, scheme, logger := manager.GetClient(), manager.GetScheme(), logging.NewArgoEventsLogger()

	err = ctrl.NewControllerManagedBy(manager).For(&v1alpha1.EventBus{}).
		Owns(&corev1.ConfigMap{}).Owns(&appsv1.StatefulSet{}).Owns(&corev1.Service{}).
		Complete(eventbus.NewReconciler(client, kubernetes.NewForConfigOrDie(config), scheme, settings, logger))
	if err != nil {
		return err
	}
	err = ctrl.NewControllerManagedBy(manager).For(&v1alpha1.EventSource{}).
		Owns(&appsv1.Deployment{}).Owns(&corev1.Service{}).
		Complete(eventsource.NewReconciler(client, scheme, image, logger))
	if err != nil {
		return err
	}
	err = ctrl.NewControllerManagedBy(manager).For(&v1alpha1.Sensor{}).
		Owns(&appsv1.Deployment{}).
		Complete(sensor.NewReconciler(client, scheme, image, logger))
	if err != nil {
		return err
	}
	return manager.Start(ctrl.SetupSignalHandler())
}
