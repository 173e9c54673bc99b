"""The worker: runs what the outbox holds."""
