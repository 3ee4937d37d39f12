// What poll() says of a device file. libusb waits for POLLOUT (a transfer is finished) and POLLERR
// (the device is gone), which no regular file can show; so the node is the slave of a
// pseudo-terminal whose output is stopped while there is nothing to fetch and which is hung up when
// the device is pulled.
#pragma once

#include <string>

namespace usbdevfs {

class WakeLine {
  public:
    WakeLine();
    ~WakeLine();
    WakeLine(const WakeLine&) = delete;
    WakeLine& operator=(const WakeLine&) = delete;

    const std::string& path() const { return path_; }
    void set_ready(bool ready);
    void hang_up();

  private:
    int master_ = -1, slave_ = -1;
    std::string path_;
};

}  // namespace usbdevfs
