#include "core/train/finetuner_steps.cpp"
