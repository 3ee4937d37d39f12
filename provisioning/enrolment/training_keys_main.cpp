// kiosk-training-keys: makes the state of a training terminal once; a second run keeps what is
// there.
#include "provisioning/enrolment/training_keys.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

int main(int argc, char** argv) {
    CLI::App app{
        "Makes training keys, the terminal's certificate and the signed pack in a state folder."};
    app.set_version_flag("--version", CW_VERSION);
    provisioning::enrolment::TrainingState state;
    app.add_option("--state", state.folder, "the state folder")->required();
    app.add_option("--terminal", state.terminal, "15 digits: division 12 and number 3")->required();
    app.add_option("--pack", state.pack_file, "the pack to sign")->required();
    std::string suite = "I";
    app.add_option("--suite", suite, "I international or N national (SM2, SM3, SM4) algorithms")
        ->check(CLI::IsMember({"I", "N"}));
    app.add_flag("--rotate", state.rotate, "give the intake new keys; old ones stay valid");
    CLI11_PARSE(app, argc, argv);
    state.suite = domain::suite_from(suite).value();
    state.now = base::SystemClock().now();

    const auto made = provisioning::enrolment::make_training_keys(
        state, [](const std::string& what, bool is_new) {
            std::cout << (is_new ? "已生成  " : "已保留  ") << what << std::endl;
        });
    if (made) return 0;
    std::cerr << "kiosk-training-keys: " << base::name(made.error().code) << ": "
              << made.error().safe_detail << "\n"
              << base::entry(made.error().code).technician_zh << "\n";
    return 1;
}
