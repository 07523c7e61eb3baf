#!/usr/bin/env bash
# All that is to be tried on a machine with a GPU, in one command, with what came out in a folder:
#
#   npm run setup && bench/gpu.sh OUT [PYTHON]
#
# 1. what there is: cards, drivers, engines;
# 2. the tests of the webgpu engine on the card;
# 3. the tutorial's 14 runs of 10 epochs, timed, and all 140 epochs against the printed figures;
# 4. steps a second beside PyTorch and JAX on the same card, where PYTHON has them for it
#    (bench/frameworks/requirements.txt).
#
# ENGINE is webgpu if it is not set, or tensorflow (`anneal engines install tensorflow --gpu`).
# ANNEAL_TEST_GPU names a card for the tests where there are several; EPOCHS, TRAIN_EXAMPLES and TEST_EXAMPLES
# make 3. shorter, STEPS and ROUNDS 4.
set -uo pipefail
cd "$(dirname "$0")/.."
out=${1:?'name a folder for what comes out: bench/gpu.sh OUT [PYTHON]'}
python=${2:-}
engine=${ENGINE:-webgpu}
mkdir -p "$out"
failed=0

# Runs a part with its output in a file, and says how it went.
part() {
  local name=$1
  shift
  local begin=$SECONDS
  if "$@" >"$out/$name.txt" 2>&1; then local end='done'; else local end='FAILED' && failed=1; fi
  echo "$name: $end after $((SECONDS - begin)) s ($out/$name.txt)"
}

what_there_is() {
  uname -srm
  command -v nvidia-smi >/dev/null && nvidia-smi
  command -v vulkaninfo >/dev/null && vulkaninfo --summary
  node dist/cli.js engines
}

tests() {
  ANNEAL_TEST_GPU=${ANNEAL_TEST_GPU:-any} node --import=tsx scripts/mocha.mjs \
    test/runner/engines/losses.test.ts test/runner/engines/webgpu/layers.test.ts \
    test/runner/engines/webgpu/updates.test.ts test/runner/engines/webgpu/lockstep.test.ts \
    test/runner/engines/webgpu/failures.test.ts
}

tutorial() {
  rm -rf "$out/tutorial"
  time node dist/cli.js compare examples/tutorial.schedules.json --engine "$engine" --fresh \
    ${EPOCHS:+--epochs "$EPOCHS"} ${TRAIN_EXAMPLES:+--train-examples "$TRAIN_EXAMPLES"} \
    ${TEST_EXAMPLES:+--test-examples "$TEST_EXAMPLES"} --output "$out/tutorial" &&
    { [ -n "${EPOCHS:-}${TRAIN_EXAMPLES:-}${TEST_EXAMPLES:-}" ] || node dist/reproduce.js --from "$out/tutorial"; }
}

frameworks() {
  node --import=tsx bench/frameworks.ts "$python" --engine "$engine" --steps "${STEPS:-1000}" \
    --rounds "${ROUNDS:-3}"
}

part what-there-is what_there_is
part tests tests
part tutorial tutorial
if [ -n "$python" ]; then part frameworks frameworks; fi
exit "$failed"
