"""Acceptance, payment batches and dossiers in the window: dialogs that the tab 公示备案 and the menus open."""
