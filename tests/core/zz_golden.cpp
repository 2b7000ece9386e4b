#include <QObject>
#include "tests/core/diffusion/golden_loss_test.cpp"
#include "tests/core/gan/golden_gan_loss_test.cpp"
#include "tests/core/gan/golden_projected_test.cpp"
#include "tests/core/train/dropout_test.cpp"
#include "tests/core/train/golden_adam_test.cpp"
#include "tests/core/train/golden_ema_test.cpp"
#include "tests/core/train/golden_r1_test.cpp"
#include "tests/core/train/golden_sanitise_test.cpp"
class ZzGolden : public QObject { Q_OBJECT };
#include "zz_golden.moc"
