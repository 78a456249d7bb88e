"""What registers do at one stroke, one module each; see :mod:`fupin_desktop.services.registers.act`."""
