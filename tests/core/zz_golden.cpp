#include <QObject>
#include "tests/core/train/golden_step_test.cpp"
#include "tests/core/train/golden_finetuner_test.cpp"
class ZzGolden : public QObject { Q_OBJECT };
#include "zz_golden.moc"
