#include "ui/speech/sound_output.hpp"

#include <SDL.h>

namespace ui::speech {

namespace {

// A twenty-fourth of a second: what still sounds after clear().
constexpr Uint16 buffer_samples = 1024;

SDL_AudioDeviceID open_device() {
    SDL_AudioSpec wanted{};
    wanted.freq = sample_rate;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = buffer_samples;
    return SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
}

}  // namespace

SoundOutput::SoundOutput() {
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) == 0) device_ = open_device();
    if (device_ != 0) return;
    fault_ = base::Fault{base::FaultCode::AudioDeviceMissing, SDL_GetError()};
    SDL_AudioQuit();
    if (SDL_AudioInit("dummy") == 0) device_ = open_device();
}

SoundOutput::~SoundOutput() {
    if (device_ != 0) SDL_CloseAudioDevice(device_);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

void SoundOutput::play(std::span<const std::int16_t> samples) {
    if (device_ == 0) return;
    SDL_QueueAudio(device_, samples.data(), static_cast<Uint32>(samples.size_bytes()));
    SDL_PauseAudioDevice(device_, 0);
}

void SoundOutput::clear() {
    if (device_ == 0) return;
    SDL_ClearQueuedAudio(device_);
    SDL_PauseAudioDevice(device_, 1);
}

std::size_t SoundOutput::waiting() const {
    return device_ == 0 ? 0 : SDL_GetQueuedAudioSize(device_) / sizeof(std::int16_t);
}

void SoundOutput::rest() {
    if (device_ != 0) SDL_PauseAudioDevice(device_, 1);
}

void SoundOutput::leave_thread() {
    SDL_TLSCleanup();
}

}  // namespace ui::speech
