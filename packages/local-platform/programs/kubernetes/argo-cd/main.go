// Command argo-cd runs the parts of Argo CD that a golden path needs: the application controller, the repo server, the
// receiver of webhooks and the program that hands Git its credentials. Like upstream's binary it is told apart by its
// file name.
//
// Upstream's binary also holds the whole API server, the CLI and more, which take minutes to compile and are not used here,
// and its application controller listens on every interface.
package main

import (
	"log"
	"os"
	"path/filepath"

	gitaskpass "github.com/argoproj/argo-cd/v3/cmd/argocd-git-ask-pass/commands"
	reposerver "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/spf13/cobra"
)

// The repo server starts its own binary under another name by setting this variable.
const binaryNameVariable = "ARGOCD_BINARY_NAME"

func main() {
	name := os.Getenv(binaryNameVariable)
	if name == "" {
		name = filepath.Base(os.Args[0])
	}
	var command *cobra.Command
	switch name {
	case common.CommandApplicationController:
		command = newApplicationController()
	case common.CommandRepoServer:
		command = reposerver.NewCommand()
	case webhookReceiverName:
		command = newWebhookReceiver()
	case common.CommandGitAskPass:
		command = gitaskpass.NewCommand()
	default:
		log.Fatalf("start this program under the name %s or %s", common.CommandApplicationController, common.CommandRepoServer)
	}
	if err := command.Execute(); err != nil {
		os.Exit(1)
	}
}
