/**
 * What `optax` has under its own name: all public names of Optax 0.0.9, 0.1.4, 0.1.9, 0.2.3 and 0.2.8,
 * so that what a version has renamed or moved since is none that nobody knows.
 */
export const publicNames: ReadonlySet<string> = new Set(
  `
  AdaptiveGradClipState AddDecayedWeightsState AddNoiseState AdditiveWeightDecayState ApplyEvery
  ApplyIfFiniteState ClipByGlobalNormState ClipState ConditionallyMaskState
  ConditionallyTransformState DifferentiallyPrivateAggregateState EmaState EmptyState
  FactoredParameterStats FactoredState GradientTransformation GradientTransformationExtraArgs
  InjectHyperparamsState InjectStatefulHyperparamsState LookaheadParams LookaheadState MaskOrFn
  MaskedNode MaskedState MaybeUpdateState MonitorState MultiSteps MultiStepsState
  MultiTransformState NonNegativeParamsState OptState Params PartitionState ScalarOrSchedule
  ScaleByAdaDeltaState ScaleByAdamState ScaleByAdanState ScaleByAmsgradState
  ScaleByBacktrackingLinesearchState ScaleByBeliefState ScaleByFromageState ScaleByLBFGSState
  ScaleByLionState ScaleByNovogradState ScaleByRStdDevState ScaleByRmsState ScaleByRpropState
  ScaleByRssState ScaleBySM3State ScaleByScheduleState ScaleByTrustRatioState
  ScaleByZoomLinesearchState ScaleState Schedule ShouldSkipUpdateFunction SnapshotState TraceState
  TransformInitFn TransformUpdateExtraArgsFn TransformUpdateFn Updates WrappedSchedule
  ZeroNansState ZoomLinesearchInfo adabelief adadelta adafactor adagrad adam adamax adamaxw adamw
  adan adaptive_grad_clip add_decayed_weights add_noise additive_weight_decay amsgrad apply_every
  apply_if_finite apply_updates assignment bias_correction centralize chain clip clip_by_block_rms
  clip_by_global_norm conditionally_mask conditionally_transform constant_schedule contrib
  control_delta_method control_variates_jacobians convex_kl_divergence cosine_decay_schedule
  cosine_distance cosine_onecycle_schedule cosine_similarity ctc_loss ctc_loss_with_forward_probs
  differentially_private_aggregate dpsgd ema experimental exponential_decay fisher_diag flatten
  freeze fromage generalized_kl_divergence global_norm hessian_diag hinge_loss huber_loss hvp
  identity incremental_update init_empty_state inject_hyperparams inject_stateful_hyperparams
  join_schedules keep_params_nonnegative kl_divergence l2_loss lamb lars lbfgs
  linear_onecycle_schedule linear_schedule lion log_cosh lookahead losses masked
  matrix_inverse_pth_root maybe_update measure_valued_jacobians measure_with_ema microbatch
  microbatching monitor monte_carlo moving_avg_baseline multi_normal multi_transform nadam nadamw
  named_chain nnls noisy_sgd normalize_by_update_norm novograd ntxent optimistic_adam
  optimistic_adam_v2 optimistic_gradient_descent partition pathwise_jacobians
  per_example_global_norm_clip per_example_layer_norm_clip periodic_update perturbations
  piecewise_constant_schedule piecewise_interpolate_schedule polyak_sgd polynomial_schedule
  power_iteration projections radam rmsprop rprop safe_increment safe_int32_increment safe_norm
  safe_root_mean_squares safe_softmax_cross_entropy scale scale_by_adadelta scale_by_adam
  scale_by_adamax scale_by_adan scale_by_amsgrad scale_by_backtracking_linesearch scale_by_belief
  scale_by_distance_over_gradients scale_by_factored_rms scale_by_lbfgs scale_by_learning_rate
  scale_by_lion scale_by_novograd scale_by_optimistic_gradient scale_by_param_block_norm
  scale_by_param_block_rms scale_by_polyak scale_by_radam scale_by_rms scale_by_rprop scale_by_rss
  scale_by_schedule scale_by_sign scale_by_sm3 scale_by_stddev scale_by_trust_ratio scale_by_yogi
  scale_by_zoom_linesearch scale_gradient schedules score_function_jacobians second_order
  selective_transform set_to_zero sgd sgdr_schedule sigmoid_binary_cross_entropy
  sigmoid_focal_loss sign_sgd signum skip_large_updates skip_not_finite sm3 smooth_labels snapshot
  softmax_cross_entropy softmax_cross_entropy_with_integer_labels squared_error stateless
  stateless_with_tree_map trace transforms tree tree_map_params tree_utils update_infinity_moment
  update_moment update_moment_per_elem_norm value_and_grad_from_state warmup_constant_schedule
  warmup_cosine_decay_schedule warmup_exponential_decay_schedule with_extra_args_support yogi
  zero_nans
  `
    .trim()
    .split(/\s+/),
);
