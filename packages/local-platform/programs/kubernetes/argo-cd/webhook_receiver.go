package main

import (
	"context"
	"errors"
	"net/http"
	"os/signal"
	"syscall"
	"time"

	appclientset "github.com/argoproj/argo-cd/v3/pkg/client/clientset/versioned"
	appinformers "github.com/argoproj/argo-cd/v3/pkg/client/informers/externalversions"
	reposervercache "github.com/argoproj/argo-cd/v3/reposerver/cache"
	servercache "github.com/argoproj/argo-cd/v3/server/cache"
	cacheutil "github.com/argoproj/argo-cd/v3/util/cache"
	"github.com/argoproj/argo-cd/v3/util/db"
	"github.com/argoproj/argo-cd/v3/util/settings"
	"github.com/argoproj/argo-cd/v3/util/webhook"
	"github.com/spf13/cobra"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

const webhookReceiverName = "argocd-webhook-receiver"

type webhookReceiverOptions struct {
	kubeconfig string
	namespace  string
	address    string
}

// newWebhookReceiver serves /api/webhook, the one path of Argo CD's API server by which Git tells of a push: without it,
// Argo CD finds out by asking.
func newWebhookReceiver() *cobra.Command {
	var options webhookReceiverOptions
	var serverCache func() (*servercache.Cache, error)
	var repoCache func() (*reposervercache.Cache, error)
	command := &cobra.Command{
		Use:          webhookReceiverName,
		SilenceUsage: true,
		RunE: func(command *cobra.Command, _ []string) error {
			server, err := serverCache()
			if err != nil {
				return err
			}
			repo, err := repoCache()
			if err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(command.Context(), syscall.SIGINT, syscall.SIGTERM)
			defer stop()
			return runWebhookReceiver(ctx, options, server, repo)
		},
	}
	flags := command.Flags()
	flags.StringVar(&options.kubeconfig, "kubeconfig", "", "path of the kubeconfig file")
	flags.StringVar(&options.namespace, "namespace", "argocd", "namespace of Argo CD")
	flags.StringVar(&options.address, "address", "", "address to listen on")
	serverCache = servercache.AddCacheFlagsToCmd(command)
	repoCache = reposervercache.AddCacheFlagsToCmd(command, cacheutil.Options{FlagPrefix: "repo-server-"})
	return command
}

func runWebhookReceiver(ctx context.Context, options webhookReceiverOptions, serverCache *servercache.Cache, repoCache *reposervercache.Cache) error {
	config, err := clientcmd.BuildConfigFromFlags("", options.kubeconfig)
	if err != nil {
		return err
	}
	client := kubernetes.NewForConfigOrDie(config)
	applications := appclientset.NewForConfigOrDie(config)
	manager := settings.NewSettingsManager(ctx, client, options.namespace)
	current, err := manager.GetSettings()
	if err != nil {
		return err
	}
	factory := appinformers.NewSharedInformerFactoryWithOptions(applications, 0, appinformers.WithNamespace(options.namespace))
	argo := factory.Argoproj().V1alpha1()
	appLister, projectLister := argo.Applications().Lister(), argo.AppProjects().Lister()
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())

	handler := webhook.NewHandler(options.namespace, nil, 2, 2, applications, appLister, current, manager,
		repoCache, serverCache, db.NewDB(options.namespace, manager, client), manager.GetMaxWebhookPayloadSize(),
		0, 0, projectLister.AppProjects(options.namespace))
	mux := http.NewServeMux()
	mux.HandleFunc("/api/webhook", handler.Handler)
	mux.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	server := &http.Server{Addr: options.address, Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	handler.Shutdown()
	return nil
}
