"""Traps of learning-rate schedules: what Optax accepts without a word, and what it refuses."""

from collections.abc import Callable

import optax

total_steps = 10_000

# ---- One-cycle: phases end at whole steps, and where two end at the same one the last counts.

# int(0.3 * 3) is 0: no rise, it starts at the peak.
one_cycle_without_rise = optax.cosine_onecycle_schedule(transition_steps=3, peak_value=1e-3)

# Rise and fall end at the same step: it falls all the way and never reaches the peak.
one_cycle_without_peak = optax.linear_onecycle_schedule(
    transition_steps=total_steps, peak_value=1e-3, pct_start=0.5, pct_final=0.5
)

# The fall ends before the rise: down to peak / 625 first, then up to peak / 25 at most.
one_cycle_out_of_order = optax.linear_onecycle_schedule(
    transition_steps=total_steps, peak_value=1e-3, pct_start=0.7, pct_final=0.3
)

# The rise takes all steps and collides with the end: it only falls.
one_cycle_all_rise = optax.cosine_onecycle_schedule(
    transition_steps=total_steps, peak_value=1e-3, pct_start=1.0
)

# ---- Joins: boundaries are taken as they are.

warmup = optax.linear_schedule(init_value=0.0, end_value=1e-3, transition_steps=1000)
plateau = optax.constant_schedule(1e-3)
decay = optax.cosine_decay_schedule(init_value=1e-3, decay_steps=5000)

# Unsorted: the plateau never shows, the decay begins at step 1,000.
join_unsorted = optax.join_schedules([warmup, plateau, decay], boundaries=[5000, 1000])

# Too few: the decay is dropped.
join_too_few = optax.join_schedules([warmup, plateau, decay], boundaries=[1000])

# Too many: the last boundary is ignored.
join_too_many = optax.join_schedules([warmup, decay], boundaries=[1000, 5000])

# Twice the same: the plateau lasts no step at all.
join_empty_part = optax.join_schedules([warmup, plateau, decay], boundaries=[1000, 1000])

# ---- Ends: a factor, a limit or a value?

# alpha is a factor of init_value: this ends at 1e-8, not at 1e-5.
alpha_as_end_value = optax.cosine_decay_schedule(
    init_value=1e-3, decay_steps=total_steps, alpha=1e-5
)

# Above 1 the "decay" rises, here to 1.5e-3.
alpha_above_one = optax.cosine_decay_schedule(init_value=1e-3, decay_steps=total_steps, alpha=1.5)

# A lower limit above init_value: 1e-2 from step 0 on, it never decays.
end_value_from_step_0 = optax.exponential_decay(
    init_value=1e-3, transition_steps=1000, decay_rate=0.5, end_value=1e-2
)

# The limit holds for the decay but not for the warm-up: a jump from 1e-3 to 2e-3 at step 1,000.
end_value_jump = optax.warmup_exponential_decay_schedule(
    init_value=0.0,
    peak_value=1e-3,
    warmup_steps=1000,
    transition_steps=1000,
    decay_rate=0.9,
    end_value=2e-3,
)

# Scales are factors that multiply up, not rates: this goes to 1e-7, then to 1e-12.
rates_as_scales = optax.piecewise_constant_schedule(
    init_value=1e-3, boundaries_and_scales={5000: 1e-4, 8000: 1e-5}
)

# ---- Zero, below zero, and no number at all.

# With a peak of 0, end_value is ignored: 0 from the end of the warm-up on.
peak_of_zero = optax.warmup_cosine_decay_schedule(
    init_value=1e-3, peak_value=0.0, warmup_steps=1000, decay_steps=total_steps, end_value=1e-4
)

# A decay over no steps stays at init_value for ever.
decay_over_no_steps = optax.linear_schedule(init_value=1e-3, end_value=1e-5, transition_steps=0)

# A warm-up of no steps stays at init_value, and never reaches the peak.
warmup_over_no_steps = optax.warmup_constant_schedule(
    init_value=1e-5, peak_value=1e-3, warmup_steps=0
)

# A negative warm-up begins 1,000 steps into the decay.
warmup_below_zero = optax.warmup_cosine_decay_schedule(
    init_value=0.0, peak_value=1e-3, warmup_steps=-1000, decay_steps=total_steps
)

# A scale at step 0 applies at once: it starts at 5e-4.
scale_at_step_0 = optax.piecewise_interpolate_schedule(
    interpolate_type='linear', init_value=1e-3, boundaries_and_scales={0: 0.5, 5000: 0.1}
)

# A power of 0 never decays.
power_of_zero = optax.polynomial_schedule(
    init_value=1e-3, end_value=1e-5, power=0, transition_steps=total_steps
)

# A negative power grows without limit, to infinity at step 10,000.
power_below_zero = optax.polynomial_schedule(
    init_value=1e-3, end_value=1e-5, power=-1, transition_steps=total_steps
)

# A negative rate to a fractional power is no number: NaN from step 1, and so are the weights.
rate_below_zero = optax.exponential_decay(init_value=1e-3, transition_steps=1000, decay_rate=-0.5)


# ---- Right schedules, used wrongly.

TrainStep = Callable[[optax.GradientTransformation], None]


def train_with_another(train_step: TrainStep, steps: int = 10_000) -> None:
    """The decay is defined, and the optimizer is given the warm-up alone."""
    rise = optax.linear_schedule(init_value=0.0, end_value=1e-3, transition_steps=1000)
    rise_and_fall = optax.warmup_cosine_decay_schedule(
        init_value=0.0, peak_value=1e-3, warmup_steps=1000, decay_steps=steps
    )
    optimizer = optax.sgd(learning_rate=rise)
    for _ in range(steps):
        train_step(optimizer)


def train_with_epochs_for_steps(
    train_step: TrainStep, epochs: int = 10, steps_per_epoch: int = 235
) -> None:
    """A schedule counts updates, not epochs: the rate is 0 after 10 updates of 2,350."""
    schedule = optax.cosine_decay_schedule(init_value=1e-3, decay_steps=epochs)
    optimizer = optax.sgd(learning_rate=schedule)
    for _epoch in range(epochs):
        for _step in range(steps_per_epoch):
            train_step(optimizer)


def train_too_short(train_step: TrainStep, epochs: int = 10, steps_per_epoch: int = 235) -> None:
    """Training ends at step 2,350 of 10,000, when the rate has fallen by 13 %."""
    schedule = optax.cosine_decay_schedule(init_value=1e-3, decay_steps=10_000)
    optimizer = optax.sgd(learning_rate=schedule)
    for _epoch in range(epochs):
        for _step in range(steps_per_epoch):
            train_step(optimizer)


def train_too_long(train_step: TrainStep, epochs: int = 10, steps_per_epoch: int = 235) -> None:
    """The schedule ends at step 1,000: more than half of the training has a rate of 0."""
    schedule = optax.cosine_decay_schedule(init_value=1e-3, decay_steps=1000)
    optimizer = optax.sgd(learning_rate=schedule)
    for _epoch in range(epochs):
        for _step in range(steps_per_epoch):
            train_step(optimizer)


# ---- Refused: Optax raises where one of these is called, so nothing here calls them.


def refused_missing_argument():
    """TypeError: decay_steps has no default."""
    return optax.cosine_decay_schedule(init_value=1e-3)


def refused_unknown_argument():
    """TypeError: it is decay_steps."""
    return optax.cosine_decay_schedule(init_value=1e-3, decay_step=10_000)


def refused_surplus_argument():
    """TypeError: a constant has one argument."""
    return optax.constant_schedule(1e-3, 10_000)


def refused_text_for_number():
    """TypeError: '10_000' is text."""
    return optax.cosine_decay_schedule(init_value=1e-3, decay_steps='10_000')


def refused_no_decay_steps():
    """ValueError: decay_steps must be positive."""
    return optax.cosine_decay_schedule(init_value=1e-3, decay_steps=0)


def refused_no_cycle():
    """ValueError: transition_steps must be positive."""
    return optax.linear_onecycle_schedule(transition_steps=0, peak_value=1e-3)


def refused_warmup_as_long_as_all():
    """ValueError: decay_steps counts the warm-up too, so nothing is left for the decay."""
    return optax.warmup_cosine_decay_schedule(
        init_value=0.0, peak_value=1e-3, warmup_steps=1000, decay_steps=1000
    )


def refused_negative_scale():
    """ValueError: a scale is a factor, and not below 0."""
    return optax.piecewise_constant_schedule(init_value=1e-3, boundaries_and_scales={5000: -0.1})


def refused_interpolation():
    """ValueError: there are 'linear' and 'cosine'."""
    return optax.piecewise_interpolate_schedule(
        interpolate_type='cubic', init_value=1e-3, boundaries_and_scales={5000: 0.1}
    )


def refused_incomplete_cycle():
    """TypeError: the cycle lacks peak_value."""
    return optax.sgdr_schedule([{'init_value': 0.0, 'warmup_steps': 100, 'decay_steps': 1000}])


def refused_empty_join():
    """IndexError, when it is first called: there is no schedule to begin with."""
    return optax.join_schedules(schedules=[], boundaries=[])
