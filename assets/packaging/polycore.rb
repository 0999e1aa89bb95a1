# Homebrew formula: brew install --HEAD ./assets/packaging/polycore.rb
class Polycore < Formula
  desc "Polyphonic synthesizer that plays on every core"
  homepage "https://github.com/polycore/polycore"
  license "MIT"
  head "https://github.com/polycore/polycore.git", branch: "main"

  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "pkgconf" => :build
  depends_on "hwloc"
  depends_on "libsndfile"
  depends_on "portaudio"
  depends_on "portmidi"
  depends_on "sdl2"
  depends_on "sdl2_ttf"

  def install
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DPOLYCORE_TESTS=OFF", *std_cmake_args
    system "cmake", "--build", "build"
    system "cmake", "--install", "build"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/polycore --version") unless build.head?
    assert_match "Bass", shell_output("#{bin}/polycore patches")
  end
end
