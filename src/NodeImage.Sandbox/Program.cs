// The process that the managed engine starts inside a sandbox of its own; nobody else has a use for it.
return NodeImage.Compose.Sandboxes.Inside.SandboxHost.Serve(args);
