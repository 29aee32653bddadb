"""Pages for residents and the frame's own answers: they translate and delegate, and decide nothing."""
