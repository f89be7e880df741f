"""What all messaging channels share: settings, taking in, shaping, sending."""
